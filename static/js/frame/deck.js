// On a slide of reveal.js: played when the slide is there, still when it is gone; and a clicker goes on in the deck where the
// frame has no further step.

const WAYS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }

export function deck(bar) {
  const { options, step } = document.documentElement.dataset
  const opensAt = step !== undefined || (!options.split(" ").includes("step") && new URLSearchParams(location.search).has("step"))
  let isShown = false
  const ask = (method) => window.parent.postMessage(JSON.stringify({ method, args: [] }), "*")

  document.addEventListener(
    "keydown",
    (event) => {
      const by = WAYS[event.key]
      if (!by || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input:not([type=range]), textarea, select")) return
      if (event.key.startsWith("Arrow") && event.target.closest?.("[data-plane], input")) return
      const isEnd = bar.playing ? false : by > 0 ? bar.step >= bar.last : bar.step <= 0
      if (isShown && !isEnd) return
      event.preventDefault()
      event.stopImmediatePropagation()
      ask(by > 0 ? "next" : "prev")
    },
    { capture: true },
  )

  return {
    // A link that names a step waits there for the clicker.
    start() {
      isShown = true
      window.focus()
      if (!opensAt && !matchMedia("(prefers-reduced-motion: reduce)").matches) bar.play()
    },
    stop() {
      isShown = false
      bar.pause()
      window.parent.focus()
    },
  }
}
