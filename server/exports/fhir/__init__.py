"""One episode as a FHIR R4 Bundle."""

from server.exports.fhir.bundle import SignOff, bundle

__all__ = ["SignOff", "bundle"]
