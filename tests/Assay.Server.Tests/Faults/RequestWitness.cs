using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Faults;

/// <summary>Sees how every request ended, also one whose client did not wait, and what the server logged as its own fault.</summary>
internal sealed class RequestWitness : IStartupFilter, ILoggerProvider, ILogger
{
    private int _begun;

    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Statuses of requests that have ended.</summary>
    public ConcurrentQueue<int> Ended { get; } = [];

    /// <summary>Lines at the level of errors.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter>(this);
        services.AddSingleton<ILoggerProvider>(this);
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            Interlocked.Increment(ref _begun);
            try
            {
                await rest(context);
            }
            catch (Exception failure)
            {
                Faults.Enqueue($"left the server: {failure}");
                throw;
            }
            finally
            {
                Ended.Enqueue(context.Response.StatusCode);
            }
        });
        next(app);
    };

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Faults.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
