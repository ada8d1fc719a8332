// Files of a scene that leave the page: its picture for the clipboard, and films, which show how far they are and can be
// cancelled. Whoever leaves a film ends the work on it.

import { root } from "./root.js"
import { words } from "./words.js"

const OFTEN = 300 // milliseconds between two questions how far a file is

// A promise of the picture goes to the clipboard at once: later, a browser would not know that somebody pressed a button.
export async function copyPicture(button, { clipboard = navigator.clipboard, Item = globalThis.ClipboardItem } = {}) {
  const picture = fetch(button.dataset.copyPicture).then((response) => response.blob())
  const label = (button.dataset.label ??= button.textContent)
  try {
    await clipboard.write([new Item({ "image/png": picture })])
    button.textContent = words.copied
  } catch {
    button.textContent = words.copyPictureByHand
  }
  setTimeout(() => (button.textContent = label), 2000)
}

// Fetches a file that takes a while, and hands it to the browser to keep.
export async function save(link, { ask = (...request) => fetch(...request), wait = pause } = {}) {
  const line = link.parentElement.querySelector("[data-under-way]")
  const [bar, cancel] = [line.querySelector("progress"), line.querySelector("[data-cancel]")]
  const leaving = new AbortController()
  const { signal } = leaving
  cancel.onclick = () => leaving.abort()
  line.hidden = false
  try {
    const coming = ask(link.href, { signal })
    follow(link, bar, { ask, wait, signal, until: coming.catch(() => null) })
    const response = await coming
    if (!response.ok) throw new Error((await response.json().catch(() => null))?.detail?.[0]?.msg ?? `The server answered ${response.status}.`)
    keep(await response.blob(), nameOf(response))
  } catch (error) {
    if (error.name !== "AbortError") line.after(Object.assign(document.createElement("p"), { className: "note", textContent: error.message }))
  } finally {
    leaving.abort()
    line.hidden = true
    bar.removeAttribute("value")
  }
}

// Until the file is there: how much of it is done, as far as anybody knows.
async function follow(link, bar, { ask, wait, signal, until }) {
  const { pathname, search } = new URL(link.href)
  const address = `${root}/progress?of=${encodeURIComponent(pathname + decodeURIComponent(search))}`
  let isOver = false
  until.then(() => (isOver = true))
  while (!isOver && !signal.aborted) {
    await wait(OFTEN)
    const { done, total } = await ask(address).then((answer) => answer.json(), () => ({}))
    if (total) Object.assign(bar, { max: total, value: done })
  }
}

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds))

const nameOf = (response) => /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "convscope"

function keep(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
