/** Opens WeChat's own window in which a payee confirms a transfer. Outside of WeChat the page’s code leads there. */

interface Bridge {
  invoke(
    name: 'requestMerchantTransfer',
    options: { mchId: string; appId: string; package: string },
    done: (answer: { err_msg?: string }) => void,
  ): void;
}

const bridgeOf = () => (window as unknown as { WeixinJSBridge?: Bridge }).WeixinJSBridge;

for (const place of document.querySelectorAll<HTMLElement>('.confirm-transfer')) {
  const show = () => showButton(place);
  // WeChat puts its bridge into the page when it is ready, before us or after.
  if (bridgeOf()) show();
  else document.addEventListener('WeixinJSBridgeReady', show, { once: true });
}

function showButton(place: HTMLElement): void {
  const button = place.querySelector<HTMLButtonElement>('button');
  const elsewhere = place.querySelector<HTMLElement>('.confirm-elsewhere');
  if (!button) return;
  button.hidden = false;
  if (elsewhere) elsewhere.hidden = true;
  button.addEventListener('click', () => confirm(place, button));
}

function confirm(place: HTMLElement, button: HTMLButtonElement): void {
  const { mchId = '', appId = '', package: wanted = '', done = '', failed = '' } = place.dataset;
  button.disabled = true;
  bridgeOf()?.invoke(
    'requestMerchantTransfer',
    { mchId, appId, package: wanted },
    ({ err_msg: said = '' }) => {
      const is = said.endsWith(':ok');
      const status = place.querySelector<HTMLElement>('.confirm-said');
      if (status) status.textContent = is ? done : `${failed}${said}`;
      button.disabled = is;
      // The provider tells the server; a little later the page can show it.
      if (is) setTimeout(() => location.reload(), 4000);
    },
  );
}
