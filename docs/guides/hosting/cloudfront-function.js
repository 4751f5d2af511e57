// CloudFront, at "viewer request" (runtime cloudfront-js-2.0): S3 knows files, readers know folders.
function handler(event) {
  const request = event.request;
  const last = request.uri.substring(request.uri.lastIndexOf("/") + 1);
  if (last === "") {
    request.uri += "index.html";
  } else if (!last.includes(".") || isPage(request.uri)) {
    return {
      statusCode: 301,
      statusDescription: "Moved Permanently",
      headers: { location: { value: request.uri + "/" + query(request.querystring) } },
    };
  }
  return request;
}

// A model's name may have a dot in it: /models/openai/gpt-4.1 is a page, /models/openai/gpt-4.1.md a file.
function isPage(uri) {
  const parts = uri.split("/");
  const names = { models: 4, providers: 3, labs: 3, versus: 3 };
  return names[parts[1]] === parts.length && !/\.(atom|csv|html|json|md)$/.test(uri);
}

function query(given) {
  const said = Object.keys(given).map(function (name) {
    return given[name].value === "" ? name : name + "=" + given[name].value;
  });
  return said.length ? "?" + said.join("&") : "";
}
