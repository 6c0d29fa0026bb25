// Writes down what the quiz's elements tell this page. The events bubble, so one place hears them all.
const log = document.getElementById("log");

for (const type of ["ready", "started", "progress", "completed", "resized", "error"]) {
  document.addEventListener(`rolefit:${type}`, (event) => {
    const row = log.insertRow(0);
    row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: event.target.id }));
    for (const text of [event.type, JSON.stringify(event.detail)]) row.insertCell().textContent = text;
    while (log.rows.length > 30) log.deleteRow(-1);
  });
}
