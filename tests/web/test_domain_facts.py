"""Every fact of the article about the two roles is told somewhere, in both languages, by a telling phrase."""

import re

import pytest
from cast import ITEMS, content, persona

AE, AM = "/roles/account-executive", "/roles/account-manager"
RESULT, COMPARE = "result", "/roles"

# The page, what it must say in English, what it must say in Spanish.
FACTS = {
    "AE: acquires clients": (AE, "acquiring clients", "conseguir clientes"),
    "AE: finds opportunities": (AE, "finding opportunities", "encontrar oportunidades"),
    "AE: closes deals": (AE, "closing deals", "cerrar acuerdos"),
    "AE: starts relationships": (AE, "starting relationships", "iniciar la relación"),
    "AE: prospects": (AE, "prospecting", "prospección"),
    "AE: presents proposals": (AE, "presenting proposals", "presentar propuestas"),
    "AE: negotiates contracts": (AE, "negotiating contracts", "negociar contratos"),
    "AE: brings new clients in": (AE, "bring new clients into the company", "traer clientes nuevos"),
    "AE: agreements good for both sides": (AE, "good for both sides", "convengan a las dos partes"),
    "AE: negotiation": (AE, "negotiation", "negociación"),
    "AE: persuasive communication": (AE, "persuasive communication", "comunicación persuasiva"),
    "AE: results orientation": (AE, "results orientation", "orientación a resultados"),
    "AE: resilience": (AE, "resilience", "resiliencia"),
    "AE: proactivity": (AE, "proactivity", "proactividad"),
    "AE: example, technology company": (AE, "technology company", "empresa de tecnología"),
    "AE: example, tailored software": (AE, "software tailored", "software adaptado"),
    "AE: example, solves their problem": (AE, "solves their particular problem", "resuelve su problema"),
    "AE: example, passes to the AM": (AE, "passes to an account manager", "pasa a quien trabaja como account manager"),
    "AE: intense in the first phases": (AE, "intense in the first phases", "intensa en las primeras fases"),
    "AE: winning and negotiating": (AE, "winning the client and negotiating", "la captación y la negociación"),
    "AE: expansion strategy": (AE, "expansion strategy", "estrategia de expansión"),
    "AE: new market opportunities": (AE, "new market opportunities", "nuevas oportunidades"),
    "AE: significant extra income by commission": (
        AE,
        "significant extra income",
        "ingresos adicionales considerables",
    ),
    "AE: commission": (AE, "commission", "comisiones"),
    "AE: commonly becomes AM": (AE, "commonly move on to account manager", "común pasar a account manager"),
    "AE: with experience and advanced skills": (AE, "experience and advanced skills", "experiencia y habilidades avan"),
    "AE: more strategic": (AE, "more strategic", "más estratégico"),
    "AE: more room to develop": (AE, "more room to develop", "más recorrido"),
    "AE: enjoys selling": (AE, "enjoy selling", "disfruta vendiendo"),
    "AE: the challenge of new clients": (AE, "challenge of winning new clients", "reto de conseguir clientes nuevos"),
    "AM: keeps and grows clients": (
        AM,
        "keeping and growing clients already won",
        "conservar a los clientes ya captados",
    ),
    "AM: satisfaction": (AM, "satisfaction", "satisfacción"),
    "AM: long-term value": (AM, "long-term value", "valor a largo plazo"),
    "AM: loyalty": (AM, "loyalty", "fidelidad"),
    "AM: coordinates communication": (AM, "coordinating communication", "coordinar la comunicación"),
    "AM: cross-selling": (AM, "cross-selling", "venta cruzada"),
    "AM: upselling": (AM, "upselling", "upselling"),
    "AM: supervises contracts": (AM, "contracts are fulfilled", "se cumplan los contratos"),
    "AM: bridge": (AM, "bridge between what the client needs", "puente entre lo que el cliente necesita"),
    "AM: reaches agreed objectives": (AM, "agreed objectives", "objetivos acordados"),
    "AM: interpersonal skills": (AM, "advanced interpersonal skills", "habilidades interpersonales avanzadas"),
    "AM: strategic thinking": (AM, "strategic thinking", "pensamiento estratégico"),
    "AM: problem solving": (AM, "problem solving", "resolución de problemas"),
    "AM: knows sector and needs": (AM, "deep knowledge of the sector", "conocimiento profundo del sector"),
    "AM: example, digital marketing agency": (AM, "digital marketing agency", "agencia de marketing digital"),
    "AM: example, branding department": (AM, "branding department", "departamento de branding"),
    "AM: example, reviews progress": (AM, "reviews their progress", "revisa cómo avanzan"),
    "AM: example, adjusts strategy": (AM, "adjusts the strategy", "ajusta la estrategia"),
    "AM: example, satisfied client": (AM, "client is satisfied", "cliente quede satisfecho"),
    "AM: frequent, day to day": (AM, "frequent, day to day", "frecuente, en el día a día"),
    "AM: established clients": (AM, "established clients", "clientes consolidados"),
    "AM: long-term strategies": (AM, "long-term strategies", "estrategias a largo plazo"),
    "AM: influence on retention and growth": (AM, "retaining existing clients", "retención y el crecimiento"),
    "AM: slightly higher base": (
        AM,
        "base salary is in general slightly higher",
        "salario base es en general algo mayor",
    ),
    "AM: longer-term responsibility": (AM, "responsibility is longer term", "responsabilidad es a más largo plazo"),
    "AM: growth is our addition": (AM, "these are our addition", "los añadimos por nuestra parte"),
    "AM: prefers long-term relationships": (
        AM,
        "prefer long-term relationships",
        "prefiere las relaciones a largo plazo",
    ),
    "AM: prefers growth strategies": (AM, "growth strategies", "estrategias de crecimiento"),
    "both: essential and complementary": (COMPARE, "essential and complement", "esenciales y se complementan"),
    "both: the client passes on at the contract": (COMPARE, "when the contract closes", "al cerrarse el contrato"),
    "both: pay varies by sector, size, place": (COMPARE, "pay varies with the sector", "sueldo cambia según el sector"),
    "both: CRM raises pay": (COMPARE, "experience with a crm", "experiencia con un crm"),
    "both: languages raise pay": (COMPARE, "additional languages", "otros idiomas"),
    "both: technology and finance": (
        COMPARE,
        "technology and finance tend to pay better",
        "la tecnología y las finanzas",
    ),
    "both: training base": (COMPARE, "business management or marketing", "gestión empresarial o marketing"),
    "both: a master's in Barcelona, an example": (COMPARE, "only an example", "solo un ejemplo"),
    "both: Barcelona": (COMPARE, "strategic planning in barcelona", "planificación estratégica en barcelona"),
    "both: your skills, interests and goals": (COMPARE, "your professional goals", "tus metas profesionales"),
    "disputable: pay": (COMPARE, "not all public sources agree", "no todas las fuentes públicas coinciden"),
    "disputable: one path among several": (COMPARE, "one path among several", "un camino entre varios"),
    "disputable: senior or enterprise": (COMPARE, "senior or enterprise", "sénior o enterprise"),
    "disputable: sales manager": (COMPARE, "sales manager", "responsable de ventas"),
    "disputable: key account manager": (COMPARE, "key account manager", "key account manager"),
    "disputable: account director": (COMPARE, "account director", "dirección de cuentas"),
    "disputable: customer success": (COMPARE, "customer success", "customer success"),
    "disputable: no degree needed everywhere": (COMPARE, "others hire people who can show", "otras contratan a quien"),
    "result: the article's path": (
        RESULT,
        "from account executive to account manager",
        "de account executive a account man",
    ),
    "result: the article's path is named so": (RESULT, "the article’s path", "del artículo"),
    "result: other ways are ours": (RESULT, "our addition", "nuestr"),
    "result: handover at the contract": (RESULT, "when the contract closes", "al cerrarse el contrato"),
    "result: CRM": (RESULT, "crm", "crm"),
    "result: languages": (RESULT, "languages", "idiomas"),
    "result: a degree is no gatekeeper": (RESULT, "do you need a degree?", "¿hace falta un título?"),
    "result: base pay": (RESULT, "the fixed part", "la parte fija"),
    "result: commission": (RESULT, "the part that depends on results", "la parte que depende de resultados"),
    "result: agency": (RESULT, "in an agency", "en una agencia"),
    "result: software company": (RESULT, "in a software company", "en una empresa de software"),
}


@pytest.fixture(scope="module")
def told():
    """The words of pages, by language and address, read once."""
    return {}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_product_tells(language, fact, told, request):
    path, *phrases = FACTS[fact]
    if (language, path) not in told:
        person = request.getfixturevalue({"en": "ben", "es": "ana"}[language])
        if path == RESULT:
            person.start().play(persona("clear-hunter"))
        else:
            person.get(f"{path}?lang={language}")
        told[language, path] = person.page.main.text.casefold()
    assert phrases[["en", "es"].index(language)] in told[language, path]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_comparison_sets_every_aspect_of_both_roles_side_by_side(client, language):
    texts = content().texts[language]
    table = client.get(f"/roles?lang={language}").page.one("table")
    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}
    assert len(rows) == 10
    for aspect, label in texts.comparison.aspects:
        for role, cell in zip(content().pack.role_ids, rows[label], strict=True):
            words = getattr(texts.roles[role], aspect)
            assert cell == (words if isinstance(words, str) else " ".join(words))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", content().pack.role_ids)
def test_a_role_page_has_everything_about_the_role(client, language, role):
    texts = content().texts[language]
    page = client.get(f"/roles/{role}?lang={language}").page
    words = texts.roles[role]
    for text in (*words.day, *words.enjoys, *words.wears, *words.next, *texts.career.pay.moves):
        assert (text if isinstance(text, str) else text.text) in page.main.text
    for stages in words.ladders.values():
        for stage in stages:
            assert stage.stage in page.main.text
            assert stage.years in page.main.text
    weights = next(found for found in content().pack.roles if found.id == role).weights
    for dimension in weights:
        assert texts.dimensions[dimension].name in page.main.text
    assert texts.esco_notice.text in page.main.text
    assert sum(link.startswith("http://data.europa.eu/esco/") for link in page.links) >= 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_advertises_and_no_page_loads_or_counts_anything_elsewhere(client, language):
    for path in ("/", "/roles", AE, AM, "/method", "/privacy"):
        page = client.get(f"{path}?lang={language}").page
        outside = [link for link in page.links if re.match(r"https?:", link)]
        assert all(link.startswith("http://data.europa.eu/esco/") for link in outside)


def test_all_questions_are_there_and_within_the_limit():
    assert len(ITEMS) <= 32
