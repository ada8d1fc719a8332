// What the views say that are fetched when they are asked for, ready for translation.

import { exact } from "../format.js"
import { at } from "../words.js"

export const words = {
  matrixEntry: (letter, y, x, data, value, count, first) =>
    count
      ? `${letter}[${at("y", y, first)}, ${at(data, x, first)}] = ${exact(value)}`
      : `${at("y", y, first)} does not read ${at(data, x, first)}: a zero of ${letter}`,
  putIn: "a zero that was put in",
}
