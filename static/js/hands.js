// What a reader does to the planes of a stage, fetched together when one comes near: pointer, keys, edits, what a cell
// explains, and how a change moves what it changes.

export { Editing } from "./editing.js"
export { inspect } from "./inspect.js"
export { Keys } from "./keys.js"
export * as motion from "./morph.js"
export { Numbers } from "./numbers.js"
export { Pointer } from "./pointer.js"
export { Selection } from "./selection.js"
