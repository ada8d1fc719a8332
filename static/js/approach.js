// Pointer and keys are fetched when a reader first comes near a stage. What is done until they are there is done again then.
// → what fetches them sooner, and resolves once they are there.

export function approach(stage, signal, fetch) {
  const held = [] // [target, event]
  const waiting = new AbortController()
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: waiting.signal, capture: true })
  let coming = null
  const come = () => (coming ??= fetch().then(arrived, failed))

  function arrived() {
    waiting.abort()
    for (const [target, event] of held) repeat(target, event)
  }

  // Whoever comes again asks again.
  function failed() {
    coming = null
    held.length = 0
  }

  // What moves the focus, or what the browser does with Control, is not for us to hold.
  function hold(event) {
    come()
    const { ctrlKey, key, metaKey, target, type } = event
    if (!target.closest?.("[data-plane]") || key === "Tab" || (type === "keydown" && (ctrlKey || metaKey))) return
    if (type === "pointermove" && !event.buttons && held.at(-1)?.[1].type === type) held.pop() // of a way, where it ends; of a drag, all of it
    held.push([target, copy(event)])
    event.stopImmediatePropagation()
    if (!type.startsWith("pointer")) event.preventDefault()
  }

  signal.addEventListener("abort", () => waiting.abort()) // AbortSignal.any of both may be collected as garbage in WebKit, and never ends
  for (const name of ["pointermove", "focusin"]) listen(document, name, come)
  for (const name of ["pointermove", "pointerdown", "pointerup", "keydown", "paste"]) listen(stage, name, hold)
  return come
}

// What is on the clipboard can be read only now.
function copy(event) {
  const { clipboardData: given } = event
  if (!given) return new event.constructor(event.type, event)
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", given.getData("text/plain"))
  return new ClipboardEvent(event.type, { clipboardData, bubbles: true, cancelable: true })
}

// The first key may have opened a field: then the next ones are for it, and are typed as nobody types them any more.
function repeat(target, event) {
  const now = event.type === "keydown" ? document.activeElement : target
  const isFree = now.dispatchEvent(event)
  if (isFree && now.matches("input") && event.key.length === 1) now.value += event.key
}
