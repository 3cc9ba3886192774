using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Assay.Server.Hosting;

/// <summary>The web host under the rooms: Kestrel, logs, JSON.</summary>
internal static class ServerBuilder
{
    /// <summary>Beyond this a connection is cut. Routes refuse far smaller bodies with a problem, and the rest of those is read away so that the sender sees it.</summary>
    public const long LargestBody = 64 * 1024 * 1024;

    public static WebApplicationBuilder Create(AssayOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerBuilder).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls([.. options.Urls.Select(url => url.GetLeftPart(UriPartial.Authority))]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });

        // The binary runs from where it was built, so assets stay in the source tree until it is published.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        LogToStandardError(builder.Logging);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        return builder;
    }

    /// <summary>For JSON that is written outside of an answer.</summary>
    public static JsonSerializerOptions Json { get; } = Configured();

    /// <summary>JSON as the contract writes it: snake_case, nulls written, numbers unrounded, times in UTC, unknown fields refused.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.Converters.Add(new UtcTime());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Configured()
    {
        var json = new JsonSerializerOptions();
        Configure(json);
        return json;
    }

    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // A start that is refused is told by the command, in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddJsonConsole(console => console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ");
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
