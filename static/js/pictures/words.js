// What the page of pictures says from its scripts.

export const words = {
  failed: "The server cannot be reached. Try again.",
  gone: "This picture is no longer here: choose it again.",
  insecure: "The camera and pasting need HTTPS or localhost. Here, choose a file instead.",
  noCamera: "There is no camera, or it may not be used here.",
  live: "Live, at 256 pixels a side. It stops when you leave.",
  weight: (row, col) => `weight ${row}, ${col}`,
  divider: "Divider between the picture and its result",
  view: "The result: point at a pixel, or move with the arrow keys; Enter opens the spot as a scene",
}
