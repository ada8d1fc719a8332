// On every page: F presents its picture, and Share opens its panel, which is fetched then.

import { root, unrooted } from "./root.js"
import { addressNow, stepOfRun } from "./shown.js"

// What helps while the server is away has to be here before.
for (const name of ["pointermove", "focusin", "keydown"]) document.addEventListener(name, () => import("./away.js"), { once: true })

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "f" || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target.closest?.("input:not([type=range]), textarea, select, dialog") || !document.querySelector("[data-picture], conv-stage")) return
  event.preventDefault()
  location.assign(`${root}/present${unrooted(addressNow(stepOfRun()))}`)
})

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-share]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  import("./share.js").then(({ open }) => open(link))
})
