"""Is an answer of p1web what its OpenAPI document says?

web_openapi.py URL PATH [STATUS] <answer

What the document does not name must not be there, nor may the document use a
word that is not looked at here.
"""
import json
import sys
import urllib.request

TYPES = {"object": dict, "array": list, "string": str, "integer": int,
         "number": (int, float), "boolean": bool}
WORDS = {"type", "description", "properties", "required", "format", "enum",
         "additionalProperties", "items", "nullable", "anyOf", "$ref"}


def resolved(doc, node):
    while "$ref" in node:
        target = doc
        for name in node["$ref"].split("/")[1:]:
            target = target[name]
        node = target
    return node


def is_type(value, name):
    return isinstance(value, TYPES[name]) and isinstance(value, bool) == (name == "boolean")


def members(doc, schema, value, where):
    known, more = schema.get("properties", {}), schema["additionalProperties"]
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where}.{name} is missing"
    for name, v in value.items():
        if name in known:
            yield from wrongs(doc, known[name], v, f"{where}.{name}")
        elif more is False:
            yield f"{where}.{name} is not described"
        else:
            yield from wrongs(doc, more, v, f"{where}.{name}")


def wrongs(doc, schema, value, where):
    schema = resolved(doc, schema)
    assert set(schema) <= WORDS, set(schema) - WORDS
    if value is None and schema.get("nullable"):
        return
    if "anyOf" in schema:
        if all(any(wrongs(doc, s, value, where)) for s in schema["anyOf"]):
            yield f"{where} is not one of its alternatives"
        return
    if not is_type(value, schema["type"]):
        yield f"{where}: {value!r} is not of type {schema['type']}"
    elif value not in schema.get("enum", [value]):
        yield f"{where}: {value!r} is not one of {schema['enum']}"
    elif isinstance(value, dict):
        yield from members(doc, schema, value, where)
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from wrongs(doc, schema["items"], v, f"{where}[{i}]")


def main():
    url, path, status = (sys.argv + ["200"])[1:4]
    with urllib.request.urlopen(url + "/api/v1/openapi.json", timeout=10) as f:
        document = json.load(f)
    responses = document["paths"][path]["get"]["responses"]
    response = resolved(document, responses.get(status, responses["default"]))
    found = list(wrongs(document, response["content"]["application/json"]["schema"],
                        json.load(sys.stdin), path))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
