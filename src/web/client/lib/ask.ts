/** Asks before something that cannot be taken back. */
import { say } from './words.ts';

export function ask(question: string, action: string): Promise<boolean> {
  const dialog = document.createElement('dialog');
  // Safari before 15.4 has no <dialog>.
  if (typeof dialog.showModal !== 'function') return Promise.resolve(window.confirm(question));
  dialog.className = 'ask';
  const text = document.createElement('p');
  text.textContent = question;
  text.id = 'ask-question';
  dialog.setAttribute('aria-labelledby', text.id);
  const buttons = document.createElement('form');
  buttons.method = 'dialog';
  buttons.append(button('no', say('cancel'), 'plain'), button('yes', action || say('proceed'), 'primary'));
  dialog.append(text, buttons);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}

function button(value: string, text: string, tone: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.value = value;
  made.className = `button btn button-${tone}`;
  made.textContent = text;
  return made;
}
