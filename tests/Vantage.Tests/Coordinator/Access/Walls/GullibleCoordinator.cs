using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Access.Walls;

/// <summary>
/// Class fixture: a Coordinator whose permission checks can be taken away. Whoever asks then holds every permission there is,
/// everywhere; who they are, and what they belong to, stays.
/// </summary>
public sealed class GullibleCoordinator(PostgresFixture server) : RunningCoordinator(server)
{
    internal bool BelievesEverybody { get; set; }

    /// <summary>The database's own refusals, which are bugs anywhere else, would fill the log.</summary>
    private protected override void Replace(IServiceCollection services) => services
        .AddSingleton<IStartupFilter>(new BeforeEverything(this))
        .AddLogging(log => log.AddFilter("Vantage.Coordinator.Hosting.ErrorMiddleware", LogLevel.None));

    private sealed class BeforeEverything(GullibleCoordinator coordinator) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) => coordinator.BelievesEverybody
                ? rest(new DefaultHttpContext(new Believing(context.Features))
                {
                    ServiceScopeFactory = app.ApplicationServices.GetRequiredService<IServiceScopeFactory>(),
                })
                : rest(context));
            next(app);
        };
    }

    /// <summary>The caller passes through here on the way from authentication to whoever asks what they may do.</summary>
    private sealed class Believing(IFeatureCollection inner) : IFeatureCollection
    {
        private static readonly Rights everything =
            Rights.Of(RuleTable.Rows.Select(row => new Rule(row.Permission, Scope.Global)));

        public bool IsReadOnly => inner.IsReadOnly;

        public int Revision => inner.Revision;

        public object? this[Type key]
        {
            get => inner[key];
            set => inner[key] = value;
        }

        public TFeature? Get<TFeature>() => inner.Get<TFeature>();

        public void Set<TFeature>(TFeature? instance) =>
            inner.Set(instance is Caller caller ? (TFeature)(object)(caller with { Rights = everything }) : instance);

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => inner.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
