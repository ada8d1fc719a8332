// What Python wrote for both sides; see tests/fixtures/.

import { readFileSync } from "node:fs"

import { Steps } from "../../static/js/steps.js"

const read = (name) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf-8"), number)

// JSON has no −∞, which lies around the input of a max pooling.
const number = (key, value) => (value === "-Infinity" ? -Infinity : value)

export const frames = read("frames")
export const equations = read("equations")
export const numbers = read("numbers")

// The steps of a scene as the stage holds them once its stream has been read.
export function stepsOf({ events }) {
  const [{ data: scene }, ...others] = events
  const steps = new Steps(structuredClone(scene))
  for (const { name, data } of others) if (name === "steps") steps.add(data)
  return steps
}

export const titled = (title) => frames.find((scene) => scene.title === title)

// The whole numbers from 0 up to, and without, `count`.
export const range = (count) => Array.from({ length: count }, (_, i) => i)
