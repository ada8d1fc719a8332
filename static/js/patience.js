// A question that waits for the server, where that is away: this is said meanwhile (away.js), and the answer comes by itself.

export async function patiently(...request) {
  for (;;) {
    try {
      return await fetch(...request)
    } catch (error) {
      if (error.name === "AbortError") throw error
      const { whenBack } = await import("./away.js") // it came with the first touch of the page
      await new Promise((again) => whenBack(Symbol(), again))
    }
  }
}
