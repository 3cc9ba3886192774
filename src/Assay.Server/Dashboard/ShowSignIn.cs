using Assay.Server.Dashboard.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Assay.Server.Dashboard;

/// <summary>GET /signin: the form that <c>POST /signin</c> takes.</summary>
internal static class ShowSignIn
{
    public static IResult Handle(HttpContext context, IAntiforgery forms)
    {
        var tokens = forms.GetAndStoreTokens(context);
        return new PageResult<SignInPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SignInPage.FormField)] = tokens.FormFieldName,
            [nameof(SignInPage.FormToken)] = tokens.RequestToken,
            [nameof(SignInPage.Return)] = context.Request.Query["return"].ToString() is { Length: > 0 } back ? back : "/",
            [nameof(SignInPage.Failed)] = context.Request.Query.ContainsKey("failed"),
        });
    }
}
