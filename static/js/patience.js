// A question that waits for the server, where that is away or busy: this is said meanwhile (away.js), and the answer comes by
// itself.

export async function patiently(...request) {
  for (;;) {
    const response = await fetch(...request).catch((error) => {
      if (error.name === "AbortError") throw error
      return null
    })
    if (response && !response.headers.has("retry-after")) return response
    const { secondsOf, whenBack, whenFree } = await import("./away.js") // it came with the first touch of the page
    await new Promise((again) => (response ? whenFree(Symbol(), again, secondsOf(response)) : whenBack(Symbol(), again)))
  }
}
