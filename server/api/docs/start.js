SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  requestInterceptor: (request) => {
    request.headers["X-Afterblock"] = "1";
    return request;
  },
});
