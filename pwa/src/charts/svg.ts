/** Brings a foreign SVG into the page as nodes: rebuilt from an allow-list, so nothing in it can run or restyle. */

const SVG = "http://www.w3.org/2000/svg";

const ELEMENTS = new Set([
  "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
  "text", "tspan", "title", "desc", "defs", "clipPath", "pattern", "marker", "symbol",
]);

const ATTRIBUTES = new Set([
  "id", "class", "role", "tabindex", "lang", "viewBox", "preserveAspectRatio", "width", "height",
  "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "dx", "dy",
  "transform", "pathLength", "textLength", "lengthAdjust",
  "color", "pointer-events", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity",
  "paint-order", "vector-effect", "shape-rendering", "text-rendering", "visibility", "display",
  "font-family", "font-size", "font-weight", "font-style", "font-variant", "font-variant-numeric",
  "font-feature-settings", "letter-spacing", "word-spacing", "text-anchor", "dominant-baseline",
  "alignment-baseline", "baseline-shift", "text-decoration", "clip-path", "clip-rule",
  "patternUnits", "patternContentUnits", "patternTransform", "clipPathUnits",
  "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient",
  "marker-start", "marker-mid", "marker-end", "focusable",
]);

export class SvgError extends Error {}

/** A clean copy of the document's drawing, owned by `into`; refuses anything whose root is not an SVG. */
export function adoptSvg(source: Document, into: Document = document): SVGSVGElement {
  const root = source.documentElement;
  if (!root || root.namespaceURI !== SVG || root.localName !== "svg")
    throw new SvgError("not an SVG document");
  return copyElement(root, into) as SVGSVGElement;
}

function copyElement(source: Element, into: Document): Element {
  const copy = into.createElementNS(SVG, source.localName);
  for (const attribute of Array.from(source.attributes)) {
    if (mayKeep(attribute)) copy.setAttribute(attribute.name, attribute.value);
  }
  for (const child of Array.from(source.childNodes)) {
    if (child.nodeType === 3 || child.nodeType === 4)
      copy.appendChild(into.createTextNode(child.nodeValue ?? ""));
    else if (child.nodeType === 1 && isAllowed(child as Element))
      copy.appendChild(copyElement(child as Element, into));
  }
  return copy;
}

function isAllowed(element: Element): boolean {
  return element.namespaceURI === SVG && ELEMENTS.has(element.localName);
}

function mayKeep(attribute: Attr): boolean {
  const { name, value } = attribute;
  if (attribute.namespaceURI) return false;
  const named = ATTRIBUTES.has(name) || /^(data|aria)-[a-z0-9-]+$/.test(name);
  // A paint or clip may point into this drawing, never at another address.
  return named && !/url\s*\(\s*(?!["']?#)/i.test(value);
}

/** Loads an SVG as a document, without a text on the way that would have to be trusted. */
export function loadSvg(url: string, signal?: AbortSignal): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.overrideMimeType("image/svg+xml");
    request.onload = () => {
      if (request.status === 200 && request.responseXML) resolve(request.responseXML);
      else reject(new SvgError(`http-${request.status}`));
    };
    request.onerror = () => reject(new SvgError("offline"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send();
  });
}

interface Policy {
  createHTML(text: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): Policy;
}

let policy: Policy | undefined;

/** Parses SVG text into an inert document; its nodes reach the page only through `adoptSvg`. */
export function parseSvg(text: string): Document {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy("afterblock", { createHTML: (trusted) => trusted });
  const input = policy ? policy.createHTML(text) : text;
  return new DOMParser().parseFromString(input as string, "image/svg+xml");
}
