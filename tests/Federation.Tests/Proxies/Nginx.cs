using Federation.Tests.Processes;

namespace Federation.Tests.Proxies;

/// <summary>
/// A real nginx before a Coordinator, in the ways hospitals run it: as it comes, it refuses upgrades and buffers both
/// directions.
/// </summary>
internal sealed class Nginx(ChildProcess process, TemporaryFolder folder, int port) : IAsyncDisposable
{
    public Uri Url { get; } = new($"http://127.0.0.1:{port}/");

    /// <param name="settings">Further directives of the location, such as <c>proxy_read_timeout 5s;</c>.</param>
    public static async Task<Nginx> BeforeAsync(int coordinatorPort, string settings, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder("nginx");
        var port = FreePort.Next();
        var configuration = folder.Write("nginx.conf", $$"""
            daemon off;
            master_process off;
            pid {{folder.Path}}/nginx.pid;
            error_log stderr notice;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path {{folder.Path}}/body;
                proxy_temp_path {{folder.Path}}/proxy;
                fastcgi_temp_path {{folder.Path}}/fastcgi;
                uwsgi_temp_path {{folder.Path}}/uwsgi;
                scgi_temp_path {{folder.Path}}/scgi;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://127.0.0.1:{{coordinatorPort}};
                        {{settings}}
                    }
                }
            }
            """);
        var process = ChildProcess.Start("nginx", ["-c", configuration, "-p", folder.Path, "-e", "stderr"]);
        await process.LineAsync(line => line.Contains("using the", StringComparison.Ordinal), cancellationToken);
        await FreePort.ListeningAsync(port, cancellationToken);
        return new Nginx(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
