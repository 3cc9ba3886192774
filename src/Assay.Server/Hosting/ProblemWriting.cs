using System.Diagnostics;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Assay.Server.Hosting;

/// <summary>Makes every error of the server a problem document, also those that no handler answers: unknown routes, wrong methods, oversized bodies, bugs.</summary>
internal static class ProblemWriting
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static error => error switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                _ when StorageAway.Is(error) => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
        });
        app.Use(LetLeaveAsync);
        app.UseStatusCodePages();
    }

    /// <summary>Fills what a problem lacks from its status.</summary>
    public static void Complete(HttpContext context, ProblemDetails problem)
    {
        problem.Status ??= context.Response.StatusCode;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable && !context.Response.HasStarted) context.Response.Headers.TryAdd("Retry-After", "1");
        if (!problem.Extensions.ContainsKey("code"))
        {
            var (code, detail) = CodeOf(context, problem.Status.Value);
            problem.Type = Problems.TypeOf(code);
            problem.Title = ReasonPhrases.GetReasonPhrase(problem.Status.Value);
            problem.Detail ??= detail;
            problem.Extensions["code"] = code;
        }

        problem.Extensions.Remove("traceId");
        if (!problem.Extensions.TryGetValue("trace_id", out var trace) || trace is null)
            problem.Extensions["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        problem.Extensions.TryAdd("errors", Array.Empty<ProblemError>());
    }

    /// <summary>A client that goes in the middle of its request is no fault of the server, and nobody reads an answer.</summary>
    private static async Task LetLeaveAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ConnectionResetException)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            context.Abort(); // Or the server would try to read the rest of the body.
        }
    }

    private static (string Code, string Detail) CodeOf(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("bad_request", "The request could not be read."),
        StatusCodes.Status401Unauthorized => ("unauthenticated", "A key is needed: Authorization: Bearer …"),
        StatusCodes.Status403Forbidden => ("forbidden", "The key does not allow this."),
        StatusCodes.Status404NotFound => ("not_found", $"There is nothing at {context.Request.Path}."),
        StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", $"{context.Request.Method} is not answered at {context.Request.Path}."),
        StatusCodes.Status408RequestTimeout => ("request_timeout", "The request came too slowly."),
        StatusCodes.Status413PayloadTooLarge => ("body_too_large", "The body is larger than the server takes."),
        StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "The body's content type is not read here."),
        StatusCodes.Status500InternalServerError => ("internal_error", "Something went wrong in the server; its log has the trace id."),
        StatusCodes.Status503ServiceUnavailable => ("unavailable", "The server cannot answer now; try again."),
        _ => ("error", "The request was refused."),
    };

    /// <summary>Writes problems whatever the request accepts: an error in a format nobody asked for beats an empty body.</summary>
    private sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            Complete(context.HttpContext, context.ProblemDetails);

            // Without a token of ours: that the client has left by now is then no failure of the error handler.
            await context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, json.Value.SerializerOptions, "application/problem+json");
        }
    }
}
