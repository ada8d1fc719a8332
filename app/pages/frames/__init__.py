"""Any page on any slide: /embed/… and /present/… before the address of a page.

How a page joins, in three lines:

1. its path in `FRAMED` (table.py), with those of its own parameters that a frame would otherwise take for its options;
2. `{% set canonical = … %}` at the head of its template: the one address that all others of the same page mean;
3. `data-picture` on the element of its template that is its picture, which then fills the frame.

No more is needed. The page is made as ever, by its own route: `Framed` (routes.py) takes the prefix off the address and
the frame's options out of it, and templates/base.html leaves the header out. In the frame, static/css/frame.css shows
the picture alone; static/js/frame/main.js makes it as large as the frame allows, keeps links, answers of htmx and the
history within the frame, plays it by its bar (`[data-player]`), and speaks with the page around it. A picture that fits
itself into any box, as a stage does, says so: `data-picture="fluid"`. What `hide=` leaves out goes by marks:
`[data-player]`, `[data-equation]`, `figcaption`, `[data-hint]`, `.scales`; whatever else belongs to one of these
carries `data-part="captions"` and so on, and what a small frame leaves out by itself `data-part="more"`. What
`lock=all` takes out of a reader's hands carries `data-edits`.

Scenes have routes of their own (app/pages/scene/embed.py), as a frame of one carries its stage and no panel.

table.py     which pages, and which of their parameters stay theirs
routes.py    the way from the address of a frame to its page
programme.py /present?scenes=…
"""
