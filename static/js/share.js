// What leaves the page: Share's panel, for what is shown now, and text for the clipboard.

import { addressNow, stepNow } from "./shown.js"
import { words } from "./words.js"

let dialog = null
let style = null // of the panel, which is not seen before it has come
let asked = 0 // how often the panel has been filled: the last choice counts

// The panel is a page of its own, of which a part is shown over this one.
export async function open(link) {
  if (!dialog) {
    dialog = document.createElement("dialog")
    Object.assign(dialog, { className: "share-dialog", id: "share" })
    dialog.setAttribute("aria-labelledby", "share-title")
    dialog.addEventListener("change", ({ target }) => target.closest("[data-framing], [data-step-choice]") && fill(link))
    dialog.addEventListener("click", (event) => {
      const { target } = event
      const button = target.closest("[data-copies]")
      if (button) copy(button, document.getElementById(button.dataset.copies))
      else if (target.closest("[data-copy-picture], [data-long]")) takeFile(target, event)
      else if (target === dialog || target.closest("[data-close]")) dialog.close()
    })
    document.body.append(dialog)
  }
  dialog.replaceChildren()
  try {
    await fill(link)
    dialog.showModal()
  } catch {
    location.assign(link.href) // by itself, it is a page
  }
}

async function fill(link) {
  const mine = ++asked
  const withStep = dialog.querySelector("[data-with-step]")?.checked ?? false
  const chosen = dialog.querySelector("[data-framing]")
  const fields = new URLSearchParams(chosen ? [...new FormData(chosen)].filter(([, value]) => value !== "") : [])
  fields.set("url", location.origin + addressNow(withStep ? stepNow() : null))
  fields.set("title", document.querySelector("h1")?.firstChild.textContent.trim() || document.title)
  const response = await fetch(`${link.pathname}?${fields}`)
  if (!response.ok) throw new Error(response.statusText)
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  await (style ??= dressed(page.querySelector("link[rel=stylesheet][href$='share.css']")))
  if (mine !== asked) return
  const tab = dialog.querySelector("[name=share-tab]:checked")?.id
  const focused = dialog.contains(document.activeElement) ? selectorOf(document.activeElement) : null
  dialog.replaceChildren(closing(), page.getElementById("share-panel"))
  if (tab) dialog.querySelector(`#${tab}`).checked = true
  for (const button of dialog.querySelectorAll("[data-copies], [data-copy-picture]")) button.hidden = false
  const step = dialog.querySelector("[data-step-choice]")
  if (step && stepNow() !== null) {
    step.hidden = false
    step.firstElementChild.checked = withStep
  }
  if (focused) dialog.querySelector(focused)?.focus()
}

const dressed = (sheet) =>
  new Promise((come) => {
    for (const name of ["load", "error"]) sheet.addEventListener(name, come)
    document.head.append(sheet)
  })

// What a reader has in hand stays there while the panel is filled anew.
const selectorOf = ({ id, name }) => (id ? `#${id}` : name ? `[name="${name}"]` : "[data-with-step]")

// What comes from another server is the browser's to fetch.
async function takeFile(target, event) {
  const link = target.closest("[data-long]")
  if (link && new URL(link.href).origin !== location.origin) return
  event.preventDefault()
  const { copyPicture, save } = await import("./files.js")
  if (link) save(link)
  else copyPicture(target.closest("[data-copy-picture]"))
}

function closing() {
  const form = Object.assign(document.createElement("form"), { method: "dialog" })
  form.append(Object.assign(document.createElement("button"), { className: "button", textContent: words.close }))
  return form
}

// Copies a program of the page, and says on its button whether that went well.
export function copyProgram(button) {
  return copy(button, button.closest(".tab").querySelector("[data-program]"))
}

async function copy(button, source) {
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
