// Follows a run: each cell is put in its place as it ends, and the page is read anew when the file was saved.
const events = new EventSource(document.body.dataset.events);
events.addEventListener('cell', ({ data }) => {
  const { id, html } = JSON.parse(data);
  const old = document.getElementById(id);
  const isOpen = old?.querySelector('details.code')?.open ?? false;
  if (!old) return;
  old.outerHTML = html;
  const code = document.getElementById(id)?.querySelector('details.code');
  if (code) code.open = isOpen;
});
events.addEventListener('end', ({ data }) => {
  document.getElementById('end').innerHTML = JSON.parse(data).html;
});
events.addEventListener('again', () => location.reload());
