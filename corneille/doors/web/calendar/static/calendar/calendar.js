// What scripts add to the agenda where there is room: a board on which events are seen side by side and moved by hand.
// Without it the page lists the same days, and the form of an event moves it.

const board = document.getElementById("board");
const days = document.getElementById("days");

/** @param {Date} at @param {boolean} allDay */
function format(at, allDay) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return allDay ? day : `${day}T${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:00`;
}

/** @param {string} text */
function speak(text) {
  const spoken = document.getElementById("spoken");
  if (spoken) spoken.textContent = text;
}

// The board names its cells over the words in them, some in English: what is seen is what is said.
/** @param {Element | null} cell @param {string} [name] */
function say(cell, name) {
  if (!cell?.hasAttribute("aria-label")) return;
  const shown = cell.querySelector("[aria-hidden=true]");
  if (shown?.textContent) {
    shown.removeAttribute("aria-hidden");
  } else {
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = name ?? cell.getAttribute("aria-label");
    cell.append(words);
  }
  cell.removeAttribute("aria-label");
}

/** @param {{el: HTMLElement}} mounted */
const sayCell = ({ el }) => say(el.closest("[role=columnheader], [role=gridcell]"));

/** @param {HTMLElement} place */
async function show(place) {
  const { Calendar, plugins, fr } = await import(place.dataset.library ?? "");
  const told = place.dataset;

  /** @param {{event: any, revert: () => void}} moved */
  async function move({ event, revert }) {
    const { agenda, uid, fois } = event.extendedProps;
    const lasting = event.allDay ? 86_400_000 : 3_600_000;
    const end = event.end ?? new Date(event.start.getTime() + lasting);
    const asked = { agenda, uid, fois, debut: format(event.start, event.allDay), fin: format(end, event.allDay) };
    const post = async (/** @type {object} */ body) => {
      const answer = await fetch(told.move ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": told.token ?? "" },
        body: JSON.stringify(body),
      }).catch(() => null);
      // Who is no longer signed in is led to another page, which is no answer.
      return answer?.ok && !answer.redirected ? answer.json().catch(() => null) : null;
    };
    let answer = await post(asked);
    // People are invited: they are told, or it stays where it was.
    if (answer?.ask) answer = window.confirm(answer.ask) ? await post({ ...asked, prevenir: true }) : null;
    speak(answer ? told.moved ?? "" : told.kept ?? "");
    if (!answer) {
      revert();
      return;
    }
    calendar.refetchEvents();
  }

  const calendar = new Calendar(place, {
    plugins,
    locales: [fr],
    locale: document.documentElement.lang,
    // Hours come as they are on the wall here, whatever the clock of the machine that shows them.
    timeZone: "UTC",
    initialView: told.view,
    initialDate: told.date,
    headerToolbar: false,
    firstDay: 1,
    slotMinTime: "07:00",
    slotMaxTime: "21:00",
    height: "auto",
    nowIndicator: false,
    dayMaxEvents: 8,
    editable: told.editable === "true",
    viewDidMount: () => say(place.querySelector("[role=rowheader]:empty"), told.hours),
    dayHeaderDidMount: sayCell,
    dayCellDidMount: sayCell,
    eventDidMount: (/** @type {{el: HTMLElement, event: any}} */ { el, event }) => {
      el.title = [event.title, event.extendedProps.place, event.extendedProps.calendar].filter(Boolean).join(" · ");
    },
    eventDrop: move,
    eventResize: move,
    dateClick: (/** @type {{dateStr: string}} */ clicked) => {
      const [day, clock] = clicked.dateStr.split("T");
      window.location.assign(`${told.new}?le=${day}${clock ? `&heure=${Number(clock.slice(0, 2))}` : ""}`);
    },
    events: async (/** @type {{startStr: string, endStr: string}} */ asked) => {
      const answer = await fetch(`${told.events}?debut=${asked.startStr.slice(0, 10)}&fin=${asked.endStr.slice(0, 10)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { events } = await answer.json();
      return events.map((/** @type {any} */ { url, ...event }) => (url ? { ...event, url } : event));
    },
  });
  place.hidden = false;
  calendar.render();
  if (days) days.hidden = true;
}

if (board && window.matchMedia("(min-width: 56rem)").matches) show(board);
