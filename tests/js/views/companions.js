// The fixtures of a view with steps of its own; see tests/fixtures/.

import { readFileSync } from "node:fs"

const number = (key, value) => (value === "-Infinity" ? -Infinity : value)

export const scenesOf = (name) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), "utf-8"), number)

// The steps as the stage holds them once the stream has been read.
export function stepsOf(Steps, { events }) {
  const [{ data }, ...others] = events
  const steps = new Steps(structuredClone(data))
  for (const { name, data: batch } of others) if (name === "steps") steps.add(batch)
  return steps
}
