/**
 * Which openid a person has in an employer's WeChat app: nobody knows their own. WeChat asks them in its browser and
 * sends them back with a code, which is good once.
 * https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */

export const wechatApiUrl = 'https://api.weixin.qq.com';
const patienceMs = 10_000;

/** Where WeChat asks; it comes back to `returnTo` with `code` and `state`. */
export function openidQuestion(appId: string, returnTo: string, state: string): string {
  const asked = new URLSearchParams({
    appid: appId,
    redirect_uri: returnTo,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
  });
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${asked}#wechat_redirect`;
}

/** Undefined when the code is spent, or the app's secret is not right. */
export async function openidOf(
  app: { readonly appId: string; readonly appSecret: string },
  code: string,
  endpoint = wechatApiUrl,
): Promise<string | undefined> {
  const asked = new URLSearchParams({
    appid: app.appId,
    secret: app.appSecret,
    code,
    grant_type: 'authorization_code',
  });
  const answer = await fetch(`${endpoint}/sns/oauth2/access_token?${asked}`, {
    signal: AbortSignal.timeout(patienceMs),
  });
  const { openid } = (await answer.json()) as { openid?: unknown };
  return typeof openid === 'string' ? openid : undefined;
}
