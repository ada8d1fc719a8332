// The addresses of a drawing: the page's own is the canonical one, the others are made of it.

const OF_THE_NETWORK = ["c1", "c3", "dropout", "seed", "edit"] // what a new digit leaves as it is

export const eventsOf = (address) => address.replace("/live", "/live.events")

export function unitOf(address, layer, unit) {
  return `${within(without(address, "edit", "why"), "unit")}${joint(address, "edit", "why")}layer=${layer}&unit=${unit}`
}

export function pixelOf(address, network, target, [row, col]) {
  return `${unitOf(address, "gradient", [target, row, col].join(","))}&network=${network}`
}

export const whyOf = (address, kind) => within(without(address, "edit", "why"), `${kind}.json`)

export const patchesOf = (address, layer, unit) => `${address.split("?")[0]}/patches.json?layer=${layer}&unit=${unit}`

export function drawn(address, x) {
  const [path] = address.split("?")
  const kept = fields(address).filter(([name]) => OF_THE_NETWORK.includes(name))
  return `${path}?${[["x", x], ...kept].map((field) => field.join("=")).join("&")}`
}

// The address with this field, in the place of the one that was there.
export function withField(address, name, value) {
  const [path] = address.split("?")
  return `${path}?${[...fields(without(address, name)), [name, value]].map((field) => field.join("=")).join("&")}`
}

export function without(address, ...names) {
  const [path] = address.split("?")
  const kept = fields(address).filter(([name]) => !names.includes(name))
  return kept.length ? `${path}?${kept.map((field) => field.join("=")).join("&")}` : path
}

export const field = (address, name) => fields(address).find(([each]) => each === name)?.[1] ?? null

// As they are written: what an address carries bare stays bare.
function fields(address) {
  const query = address.split("?")[1]
  return query ? query.split("&").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]) : []
}

function within(address, name) {
  const [path, query] = address.split("?")
  return query ? `${path}/${name}?${query}` : `${path}/${name}`
}

const joint = (address, ...names) => (without(address, ...names).includes("?") ? "&" : "?")
