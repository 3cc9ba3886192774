using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Access;
using Assay.Server.Cli;
using Assay.Server.Dashboard;
using Assay.Server.Events;
using Assay.Server.Experiments;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Retention;
using Assay.Server.Storage;

namespace Assay.Server;

/// <summary>The server, room by room.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        // What is told outside of pages is English, whatever the machine speaks.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = Language.English;
        return CommandLine.RunAsync(args);
    }

    /// <summary>The server of validated options; <paramref name="adjust"/> has the last word on the builder: a clock in tests, seeding in the demo.</summary>
    public static WebApplication Build(AssayOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = ServerBuilder.Create(options);
        builder.Services.AddProblems();
        builder.Services.AddStorage(options.Storage, options.KeepEventIds);
        builder.Services.AddAccess();
        builder.Services.AddExperiments();
        builder.Services.AddEvents();
        builder.Services.AddResults();
        builder.Services.AddRetention();
        builder.Services.AddDashboard();
        builder.Services.AddApiDocuments();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseLanguages();
        app.UseProblems();
        app.UseRoutes();
        app.UseReadiness();
        app.UseAccess();
        app.UseAntiforgery();

        app.MapHealth();
        app.MapApiDocuments();
        app.MapSignIn();
        app.MapApi();
        app.MapDashboard();
        app.UseEndpoints(static _ => { }); // Routes are known from here on, so that they can be described without a start.
        return app;
    }
}
