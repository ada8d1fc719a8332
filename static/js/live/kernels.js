// The learned kernels above their maps, and the one whose weights are open. The server draws them: after an edit the
// pieces of its page that are about kernels are taken from there.

import { field, withField } from "./address.js"
import { Editor } from "./editor.js"

export class Kernels {
  // `ask(address)` is called with how an edit changes the address; `fetch` gets a page.
  constructor(page, { address, ask, fetch = (...request) => globalThis.fetch(...request) }) {
    Object.assign(this, { page, address, ask, fetch })
    this.shown = state(address())
    this.editor = null
    this.open(page.querySelector("[data-editor]"))
  }

  // The page's address is another one.
  async follow() {
    const address = this.address()
    if (state(address) === this.shown) return
    this.shown = state(address)
    const response = await this.fetch(address).catch(() => null)
    if (!response) return // in a sandboxed frame pages cannot be read
    const text = await response.text()
    if (!response.ok || state(this.address()) !== this.shown) return // the next answer brings its own
    this.take(new DOMParser().parseFromString(text, "text/html"))
  }

  take(fresh) {
    for (const link of this.page.querySelectorAll("[data-kernel]")) {
      const drawn = fresh.querySelector(`[data-kernel="${link.dataset.kernel}"]`)
      link.replaceChildren(...drawn.childNodes)
      link.toggleAttribute("aria-current", drawn.hasAttribute("aria-current"))
    }
    const form = fresh.querySelector("[data-editor]")
    if (form && form.dataset.editor === this.editor?.name) this.editor.update(form)
    else this.open(form)?.scrollIntoView({ block: "nearest" })
  }

  open(form) {
    this.editor?.form.remove()
    this.editor = null
    if (!form) return null
    if (!form.isConnected || form.ownerDocument !== document) this.page.querySelector(".controls").prepend(form)
    this.editor = new Editor(form, { changed: (weights) => this.ask(() => withField(this.named(form), "kernel", weights)) })
    return form
  }

  named(form) {
    return withField(this.address(), "edit", form.dataset.editor)
  }
}

// What of an address is about kernels.
const state = (address) => ["c1", "c3", "edit"].map((name) => field(address, name) ?? "").join(" ")
