// What leaves the page: links and snippets as another page needs them, and text for the clipboard.

import { words } from "./words.js"

// Fills the sheet under Share for the scene that is shown now: Share itself is not swapped.
export function fill() {
  const shown = document.getElementById("scene").dataset.address
  const step = document.querySelector("[data-with-step]").checked ? document.querySelector("conv-stage").player.step : null
  for (const link of document.querySelectorAll("#share a[href]")) link.search = new URL(shown, location.href).search
  for (const link of document.querySelectorAll("[data-absolute]")) link.value = absolute(shown, step)
  for (const snippet of document.querySelectorAll("[data-embed]")) {
    const address = absolute(`/embed${shown}`, step).replaceAll("&", "&amp;")
    const height = Math.ceil(document.querySelector("conv-stage").scrollHeight / 20) * 20 + 20
    snippet.value = `<iframe src="${address}" width="960" height="${height}" title="${document.title}" loading="lazy"></iframe>`
  }
}

function absolute(address, step) {
  const own = step === null ? address : address.replace(/([?&])step=\d+&?/, "$1").replace(/[?&]$/, "")
  const joint = own.includes("?") ? "&" : "?"
  return location.origin + own + (step === null ? "" : `${joint}step=${step}`)
}

// Copies what the button stands under, and says on the button whether that went well.
export async function copy(button) {
  if (button.closest("#share")) fill() // or a fast hand would copy what no script has made whole yet
  const tab = button.closest(".tab")
  const source = tab?.querySelector("[data-program]") ?? button.previousElementSibling.querySelector("input, textarea")
  const label = (button.dataset.label ??= button.textContent)
  button.textContent = (await toClipboard(source)) ? words.copied : words.copyByHand
  setTimeout(() => (button.textContent = label), 2000)
}

// Without HTTPS there is no clipboard: the text is selected, and the older command tried.
async function toClipboard(source) {
  // A program that reads its data from here needs the whole address.
  const text = source.value ?? source.textContent.replaceAll(" '/conv", ` '${location.origin}/conv`)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (source.select) source.select()
    else getSelection().selectAllChildren(source)
    return document.execCommand("copy")
  }
}
