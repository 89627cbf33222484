"use strict";

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  // Nothing is asked of anybody's server: neither to validate the document nor to remember a key.
  validatorUrl: null,
  persistAuthorization: false,
});
