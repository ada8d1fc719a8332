// Every sentence that the lesson's scripts say, ready for translation.

import { exact, short } from "../format.js"

const at = (name, index) => `${name}[${index.join(", ")}]`

export const words = {
  position: (step, last) => `iteration ${step} of ${last}`,
  announced: (step, last, loss) => `Iteration ${step} of ${last}. The loss is ${short(loss)}.`,
  hint: "Touch a weight: the cells that it met light up. Click x or the wanted output to change a number, drag to paint.",
  weight: (index, w, gradient) => `${at("w", index)} = ${exact(w)} · its gradient is ${exact(gradient)}`,
  product: (position, error, cell, x, product) =>
    `${at("error", position)} · ${at("x", cell)} = ${exact(error)} · ${exact(x)} = ${exact(product)}`,
  padded: (position, error) => `${at("error", position)} = ${exact(error)}, but the weight met padding there: 0`,
  output: (index, y, wanted, error) => `${at("y", index)} = ${exact(y)}, wanted ${exact(wanted)}: the error is ${exact(error)}`,
  input: (index, x) => `${at("x", index)} = ${exact(x)}`,
  padding: "padding: 0",
  behind: (index, w) => `${at("w", index)} = ${exact(w)} in the kernel whose output is wanted`,
  editing: (name) => `New value of ${name}`,
  notNumber: "Type a number, such as 3, −0.5 or 1/9.",
  failed: (reason) => `The iterations could not be loaded. ${reason}`,
}
