// What the views say that are fetched when they are asked for, ready for translation.

import { exact } from "../format.js"

export const words = {
  matrixEntry: (letter, y, x, value, count) => (count ? `${letter}[${y}, ${x}] = ${exact(value)}` : `${y} does not read ${x}: a zero of ${letter}`),
  putIn: "a zero that was put in",
}
