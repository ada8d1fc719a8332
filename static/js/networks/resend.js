// A network that no address can hold is kept by the server for a while, and by this window for as long as it is open:
// when the server has forgotten it, the page that asks for it sends it again.

const KEY = (hash) => `network ${hash}`

const kept = document.querySelector("[data-kept]")
if (kept) {
  const { kept: graph, layers, input, part } = kept.dataset
  sessionStorage.setItem(KEY(graph), JSON.stringify([layers, input]))
  // A page that was posted gets the address that its links have, so that it can be loaded again.
  if (!location.search) history.replaceState(history.state, "", `?${new URLSearchParams({ graph, ...(part && { part }) })}`)
}

const forgotten = document.querySelector("[data-forgotten]")
const known = forgotten && sessionStorage.getItem(KEY(forgotten.dataset.forgotten))
if (known) {
  const [layers, input] = JSON.parse(known)
  const form = document.querySelector(".own-form")
  form.elements.layers.value = layers
  form.elements.input.value = input
  form.elements.prefilled.value = ""
  const part = new URL(location).searchParams.get("part")
  if (part) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "part", value: part }))
  form.submit()
}
