// Light, dark, or as the system has it.

const THEMES = {
  system: ['Theme: system', '#i-auto'],
  light: ['Theme: light', '#i-sun'],
  dark: ['Theme: dark', '#i-moon'],
};

export function themeSwitch(button, text, icon) {
  let theme = document.documentElement.dataset.theme ?? 'system';

  function show() {
    [text.textContent] = THEMES[theme];
    icon.setAttribute('href', THEMES[theme][1]);
  }

  button.addEventListener('click', () => {
    const names = Object.keys(THEMES);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    if (theme === 'system') {
      localStorage.removeItem('theme');
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem('theme', theme);
      document.documentElement.dataset.theme = theme;
    }
    show();
  });
  show();
}
