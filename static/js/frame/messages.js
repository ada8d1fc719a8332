// What the page around a frame may ask, and what it is told.

export function listen() {}
