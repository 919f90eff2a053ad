"""Who is let in: names, origins, tokens, cookies and what every answer allows the page."""

import re
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError
from aiohttp.test_utils import TestServer, unused_port

from assistant.training.bookmarks import Aliases
from assistant.web.pages import ELSEWHERE, FOREIGN, NOT_LET_IN, Address, Seal, seal_key
from assistant.web.server import make_app
from assistant.web.sessions import ServePlan, Sessions, Visitor, lifeline


@asynccontextmanager
async def serving(tmp_path, *, training_only=False, address="127.0.0.1", **how):
    """Yield what asks a server, and the token it wants; no session is started here."""
    place = Address("127.0.0.1", address, unused_port())
    plan = ServePlan(training_only=training_only, **how)
    with lifeline() as inherited:
        app, handlers = make_app(plan, place, Sessions(plan, tmp_path, inherited))
        async with (
            TestServer(app, host="127.0.0.1", port=place.port),
            ClientSession(place.origin, cookie_jar=CookieJar(unsafe=True)) as client,
        ):
            yield client, handlers.link.partition("token=")[2]


async def refused(client, path="/", **options):
    async with client.get(path, **options) as answer:
        return answer.status, await answer.text()


async def test_a_foreign_name_is_refused(tmp_path):
    """Whatever is asked for, also a file that is no secret."""
    async with serving(tmp_path) as (client, _):
        for path in ("/", "/ws", "/static/page.js", "/nothing"):
            answer = await refused(client, path, headers={"Host": "evil.example"})
            assert answer == (421, ELSEWHERE)


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1"])
async def test_a_foreign_pages_socket_is_refused(tmp_path, origin):
    """Even with the cookie of somebody who was let in, and with no origin at all."""
    async with serving(tmp_path) as (client, token):
        await refused(client, f"/?token={token}&alias=red-fox")
        headers = {"Origin": origin} if origin else {}
        with pytest.raises(WSServerHandshakeError) as error:
            await client.ws_connect("/ws", headers=headers)
        assert error.value.status == 403
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", **headers}
        assert await refused(client, "/ws", headers=upgrade) == (403, FOREIGN)


async def test_a_socket_without_the_cookie_is_refused(tmp_path):
    """Our own page's origin is not enough: who opens it must have been let in."""
    async with serving(tmp_path) as (client, _):
        origin = str(client._base_url).rstrip("/")
        with pytest.raises(WSServerHandshakeError) as error:
            await client.ws_connect("/ws", headers={"Origin": origin})
        assert error.value.status == 403


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=wrong", "?alias=red-fox", "?token=%C3%BC"]
)
async def test_without_the_token_nothing_is_opened(tmp_path, query):
    async with serving(tmp_path) as (client, _):
        status, page = await refused(client, f"/{query}")
        assert (status, NOT_LET_IN in page) == (403, True)
        assert not list(client.cookie_jar)


async def test_the_token_is_exchanged_for_a_cookie(tmp_path):
    """It leaves the address at once; the cookie is no script's, and no other site's."""
    async with serving(tmp_path) as (client, token):
        async with client.get(f"/?token={token}", allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert token not in cookie
        assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
        assert 'name="alias"' in (await refused(client))[1]


async def test_the_alias_is_asked_once(tmp_path):
    async with serving(tmp_path) as (client, token):
        await refused(client, f"/?token={token}")
        status, page = await refused(client, "/?alias=blue-heron")
        assert (status, "textual-terminal" in page) == (200, True)
        assert "textual-terminal" in (await refused(client))[1]


async def test_who_uses_a_screen_reader_is_told_what_to_use_instead(tmp_path):
    """On the page for the alias, and on the terminal's, which an address with an alias opens at once."""
    async with serving(tmp_path, training_only=True) as (client, _):
        _, asked = await refused(client)
        _, terminal = await refused(client, "/?alias=owl")
    for page in (asked, terminal):
        assert "service-group training class FILE" in page
        assert "turn it" in page


@pytest.mark.parametrize("alias", ["ann lee", "ann@agency.org", "a" * 31, "<b>x"])
async def test_an_alias_that_can_be_none_is_asked_again(tmp_path, alias):
    """What is wrong is said above it, and what was typed stays to be mended, as text."""
    async with serving(tmp_path) as (client, token):
        status, page = await refused(client, "/", params={"token": token, "alias": alias})
        assert status == 400
        assert re.search(r'role="alert">[A-Z].*\.</p>', page)
        assert "<b>" not in page


def visitor_of(client):
    """Return the id in a browser's cookie, by which its place is known."""
    (cookie,) = client.cookie_jar
    return cookie.value.partition(".")[0]


async def test_an_alias_of_another_browser_is_refused_and_comes_back_with_its_code(tmp_path):
    """With the code the other browser is known as the first, with all that was left there."""
    async with serving(tmp_path) as (client, token):
        await refused(client, f"/?token={token}&alias=blue-heron")
        code = Aliases(tmp_path).claim("blue-heron", visitor_of(client)).code
        async with ClientSession(client._base_url, cookie_jar=CookieJar(unsafe=True)) as other:
            status, page = await refused(other, f"/?token={token}&alias=Blue-Heron")
            assert (status, "taken" in page) == (400, True)
            typed = {"token": token, "alias": f"blue-heron {code}"}
            status, page = await refused(other, "/", params=typed)
            assert (status, "textual-terminal" in page) == (200, True)
            assert visitor_of(other) == visitor_of(client)


async def test_a_cookie_with_an_alias_that_became_somebody_elses_is_asked_again(tmp_path):
    """Two browsers of release 1 had one alias: the first to come back has it."""
    async with serving(tmp_path, training_only=True) as (client, _):
        Aliases(tmp_path).claim("blue-heron", "another browser")
        name = f"service_group_{client._base_url.port}"
        cookie = Seal(seal_key(tmp_path), "an earlier run").written(Visitor("a" * 32, "blue-heron"))
        client.cookie_jar.update_cookies({name: cookie}, client._base_url)
        status, page = await refused(client)
        assert (status, "taken" in page) == (400, True)
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
        origin = str(client._base_url).rstrip("/")
        assert (await refused(client, "/ws", headers={**upgrade, "Origin": origin}))[0] == 403


async def test_a_class_needs_an_alias(tmp_path):
    """Without a class an empty line will do."""
    for environment, wanted in (({}, 200), ({"SERVICE_GROUP_CLASS": "spring.json"}, 400)):
        async with serving(tmp_path, environment=environment) as (client, token):
            status, page = await refused(client, f"/?token={token}&alias=")
            assert (status, "textual-terminal" in page) == (wanted, wanted == 200)


async def test_a_cookie_of_an_earlier_run_opens_nothing(tmp_path):
    async with serving(tmp_path) as (client, token):
        await refused(client, f"/?token={token}&alias=red-fox")
        (cookie,) = client.cookie_jar
        async with serving(tmp_path) as (other, its_token):
            name = f"service_group_{other._base_url.port}"
            other.cookie_jar.update_cookies({name: cookie.value}, other._base_url)
            assert (await refused(other))[0] == 403
            with pytest.raises(WSServerHandshakeError) as error:
                await other.ws_connect("/ws", headers={"Origin": str(other._base_url).rstrip("/")})
            assert error.value.status == 403
            await refused(other, f"/?token={its_token}")
            (renewed,) = other.cookie_jar
            assert renewed.value.split(".")[:2] == cookie.value.split(".")[:2]


async def test_no_token_where_only_this_computer_sees_no_records(tmp_path):
    """On loopback and with nothing but training there is nothing to keep; anywhere else there is."""
    async with serving(tmp_path, training_only=True) as (client, token):
        assert token == ""
        assert (await refused(client))[0] == 200
    async with serving(tmp_path, training_only=True, address="192.168.1.5") as (client, token):
        assert token
        assert (await refused(client))[0] == 403


async def test_a_link_from_another_site_comes_in_as_our_own(tmp_path):
    """The browser keeps the cookie back then, so nothing is decided before it asks by itself."""
    async with serving(tmp_path, training_only=True) as (client, _):
        params = {"alias": "red-fox", "ping": "http://evil.example", "token": '"><script>'}
        status, page = await refused(
            client, "/", params=params, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert status == 200
        assert 'http-equiv="refresh" content="0;url=/?token=' in page
        assert "alias=red-fox" in page
        assert not re.search(r"evil|<script", page)
        assert not list(client.cookie_jar)


async def test_every_answer_says_what_the_page_may_do(tmp_path):
    """Load from here, speak to here, be framed by nobody; a refusal and a fault's answer too."""
    async with serving(tmp_path) as (client, _):
        for path, host in (
            ("/", None),
            ("/static/page.js", None),
            ("/no", None),
            ("/", "evil.example"),
        ):
            async with client.get(path, headers={"Host": host} if host else {}) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "script-src 'self';" in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_no_folder_is_listed(tmp_path):
    """What is served is the page's own files, and the way up is closed."""
    async with serving(tmp_path) as (client, _):
        paths = ["/static/", "/terminal/", "/static/../pages.py", "/static/%2e%2e/pages.py"]
        assert {(await refused(client, path))[0] for path in paths} <= {403, 404}


async def test_only_the_trainers_token_shows_the_class(tmp_path):
    """Once it is taken into a cookie for that page alone; a trainee's token opens nothing there."""
    place = Address("127.0.0.1", "127.0.0.1", unused_port())
    plan = ServePlan(watch=lambda: "<h1>Class Spring</h1>")
    with lifeline() as inherited:
        app, handlers = make_app(plan, place, Sessions(plan, tmp_path, inherited))
        async with (
            TestServer(app, host="127.0.0.1", port=place.port),
            ClientSession(place.origin, cookie_jar=CookieJar(unsafe=True)) as client,
        ):
            trainees = handlers.link.partition("?")[2]
            for path in ("/watch", f"/watch?{trainees}", "/watch?token=%C3%A9"):
                assert (await refused(client, path))[0] == 403
            own = handlers.trainer_link.removeprefix(place.origin)
            async with client.get(own) as shown:
                assert (shown.status, await shown.text()) == (200, "<h1>Class Spring</h1>")
                assert not shown.url.query
                assert "Refresh" in shown.headers
            assert (await refused(client, "/watch"))[0] == 200
            assert (await refused(client, "/"))[0] == 403


async def test_without_a_class_nothing_can_be_watched(tmp_path):
    """No token opens it."""
    async with serving(tmp_path) as (client, token):
        assert (await refused(client, f"/watch?token={token}"))[0] == 403
