"""What may come in and what goes out: marshmallow shapes that also make the OpenAPI document.

Clinical code lists come from `server.domain.diary`; rules that need more than one field belong to the
services or the domain, not here.
"""
