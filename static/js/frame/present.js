// On a whole wall: keys of a keyboard and of a clicker, notes, and the next one of a programme.

export function present(bar) {
  const notes = document.querySelector("[data-notes]")
  const said = notes.querySelector("[data-note-step]")
  const acts = {
    Escape: () => (isBusy() ? null : leave),
    PageDown: () => onward(bar, 1, notes.dataset.following),
    PageUp: () => onward(bar, -1, notes.dataset.preceding),
    n: () => () => (notes.hidden = !notes.hidden),
    b: () => blank,
    ".": () => blank,
    f: () => fill,
  }

  // Before anything within the picture takes the key.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input:not([type=range]), textarea, select")) return
      const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]?.()
      if (!act) return
      event.preventDefault()
      event.stopImmediatePropagation()
      act()
    },
    { capture: true },
  )

  const read = () => (said.textContent = document.querySelector("[data-announce]")?.textContent ?? "")
  new MutationObserver(() => notes.hidden || read()).observe(document.querySelector("main"), { childList: true, characterData: true, subtree: true })
  new MutationObserver(read).observe(notes, { attributeFilter: ["hidden"] })
}

// What Escape means something to already.
const isBusy = () => Boolean(document.querySelector("dialog[open], .cell-field") || document.querySelector("conv-stage")?.moment?.inspected)

// Past an end of what is played lies the next one of the programme.
function onward(bar, by, address) {
  const isEnd = by > 0 ? bar.step >= bar.last : bar.step <= 0
  return isEnd && !bar.playing && address ? () => location.assign(address) : null
}

// Back to the page: where nothing has changed, as it was left.
function leave() {
  const page = document.querySelector("[data-full]").href
  const before = document.referrer && new URL(document.referrer)
  if (before && before.href === page && history.length > 1) history.back()
  else location.assign(page)
}

const blank = () => document.documentElement.classList.toggle("blank")

const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {})
