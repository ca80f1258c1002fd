// The demo page shows the line to paste with this server's own address.

const line = document.querySelector("#line");
if (line) {
  line.textContent = `<script src="${location.origin}/widget.js" data-title="Afterword" defer></script>`;
}
