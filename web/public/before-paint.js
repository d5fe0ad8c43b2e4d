// Runs before the first paint, so that neither the theme nor the language flickers.
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(`ensayo.${name}`);
    } catch {
      return null;
    }
  };
  const theme = kept('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (kept('language') === 'en') document.documentElement.lang = 'en';
})();
