// Files of the engines that travel as JSON.

export function toJson(value) {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function fromJson(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}
