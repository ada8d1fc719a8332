// Every sentence that a board's scripts say, ready for translation.

export const words = {
  position: (step, steps) => `${step + 1} of ${steps}`,
  editing: (name, index) => `New value of ${name}[${index.join(", ")}]`,
  notNumber: "Type a number, such as 3, −0.5 or 1/9.",
  failed: (reason) => `The numbers could not be loaded. ${reason}`,
  answered: (status) => `The server answered ${status}.`,
}
