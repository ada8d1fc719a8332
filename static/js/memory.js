// What this browser remembers of a reader. Storage may be forbidden; then nothing is remembered.

export function remember(name, value) {
  try {
    localStorage.setItem(`convscope-${name}`, value)
  } catch {
    // So be it.
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(`convscope-${name}`)
  } catch {
    return null
  }
}
