using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Traceability.Application.Users;

namespace Traceability.Web.Auth;

/// <summary>Signs a program in by the key in its <c>X-Api-Key</c> header; it acts as the key's account.</summary>
public sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccountQueries accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } key) return AuthenticateResult.NoResult();
        var account = await accounts.FindByApiKeyAsync(key, Context.RequestAborted);
        return account is null
            ? AuthenticateResult.Fail("The API key is unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(SessionClaims.Principal(account, Scheme.Name), Scheme.Name));
    }
}
