// Pointer and keys are fetched when a reader first comes near a stage. What is done until they are there is done again then.
// → what fetches them sooner, and resolves once they are there.

const TYPED_IN = "input:not([type=range]), textarea, select"

export function approach(stage, signal, fetch) {
  const held = [] // [target, event]
  let drag = null // where a button went down, until it goes up: what the pointer does meanwhile is done there, wherever it is
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
    coming = drag = null
    held.length = 0
  }

  // What moves the focus, or what the browser does with Control, is not for us to hold; but undoing is.
  function hold(event) {
    come()
    const { key, target, type } = event
    const isPointer = type.startsWith("pointer")
    if (isOver(event) && isOver(held.at(-1)?.[1])) held.pop() // of a way, where it ends; of a drag, all of it
    const place = (isPointer && drag) || (target.closest?.("[data-plane]") ? target : null)
    const isOurs = undoes(event) || (place && type !== "pointerleave" && key !== "Tab" && !(type === "keydown" && withControl(event)))
    if (!isOurs) return
    if (isPointer) drag = type === "pointerdown" ? target : type === "pointermove" ? drag : null
    held.push([place ?? target, copy(event)])
    event.stopImmediatePropagation()
    if (!isPointer) event.preventDefault()
  }

  signal.addEventListener("abort", () => waiting.abort()) // AbortSignal.any of both may be collected as garbage in WebKit, and never ends
  for (const name of ["pointermove", "focusin"]) listen(document, name, come)
  for (const name of ["pointermove", "pointerleave", "pointerdown", "pointerup", "pointercancel", "keydown", "paste"]) listen(stage, name, hold)
  for (const name of ["pointermove", "pointerup", "pointercancel"]) listen(document, name, (event) => drag && !stage.contains(event.target) && hold(event))
  listen(document, "keydown", (event) => undoes(event) && !stage.contains(event.target) && hold(event))
  return come
}

const withControl = ({ ctrlKey, metaKey }) => ctrlKey || metaKey
const undoes = (event) => event.type === "keydown" && withControl(event) && /^[yz]$/i.test(event.key) && !event.target.matches?.(TYPED_IN)

// Whether a mouse goes over the stage, or out of it, and nothing is pressed.
const isOver = (event) => (event?.type === "pointermove" || event?.type === "pointerleave") && !event.buttons

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
  if (isFree && now.matches("input") && event.key.length === 1 && !withControl(event)) now.value += event.key
}
