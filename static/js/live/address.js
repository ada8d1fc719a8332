// The addresses of a drawing: the page's own is the canonical one, the others are made of it.

export const eventsOf = (address) => address.replace("/live", "/live.events")

export function unitOf(address, layer, unit) {
  const [path, query] = address.split("?")
  return `${path}/unit?${query ? `${query}&` : ""}layer=${layer}&unit=${unit}`
}

export const drawn = (address, x) => `${address.split("?")[0]}?x=${x}`
