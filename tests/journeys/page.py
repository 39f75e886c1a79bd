"""A browser page that remembers what went wrong in it, and the judgement of axe on what it shows."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
EXPECTED_FAILURES = {"net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT"}
"""A page was left while something was on its way to it; a journey cut the line by intent."""
LISTEN = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Watched:
    """A page and the faults seen in it. Leave it by `close`, which fails when there was one.

    expected_status  answers such as 404 that the journey asks for: browsers report them on the console
    """

    page: Page
    faults: list[str] = field(default_factory=list)
    expected_status: set[int] = field(default_factory=set)

    @classmethod
    def open(cls, context: BrowserContext) -> "Watched":
        context.add_init_script(LISTEN)
        watched = cls(context.new_page())
        watched.page.on("console", watched._hear)
        watched.page.on("pageerror", lambda error: watched.faults.append(f"script: {error}"))
        watched.page.on("response", watched._answered)
        watched.page.on("requestfailed", watched._failed)
        return watched

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_status:
            self.faults.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure not in EXPECTED_FAILURES:
            self.faults.append(f"{request.failure}: {request.method} {request.url}")

    def close(self) -> None:
        """Fails when anything went wrong in any page that was shown."""
        self.note_refused()
        self.page.close()
        assert self.faults == [], "\n".join(self.faults)

    def note_refused(self) -> None:
        """Adds what the content security policy refused on the page that is shown."""
        self.faults += [f"policy: {each}" for each in self.page.evaluate("window.__refused ?? []")]


def assert_accessible(page: Page) -> None:
    """No rule of WCAG 2.2 AA or of the RGAA that a program can judge is broken, and nothing is wider than the page."""
    page.wait_for_load_state()  # words stand in a page before its styles do: it would be judged without them
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # axe.run, unlike a script element, passes a strict policy: it is evaluated from outside the page.
    found = page.evaluate(
        """async (tags) => {
            const told = await axe.run({ runOnly: { type: "tag", values: tags } });
            return told.violations.flatMap((rule) => rule.nodes.map(
                (node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
        }""",
        TAGS,
    )
    assert found == [], "\n".join(found)
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"the page is {too_wide} px wider than the window"
