namespace AkkaComfy.Emulator.Protocol;

/// <summary>Maps paths as ComfyUI does: each also under /api where the version has that, HEAD wherever GET is.</summary>
internal sealed class Routes(IEndpointRouteBuilder app, ComfyVersion version)
{
    public void Get(string path, RequestDelegate handler) => Map(path, ["GET", "HEAD"], handler);

    public void Post(string path, RequestDelegate handler) => Map(path, ["POST"], handler);

    private void Map(string path, string[] methods, RequestDelegate handler)
    {
        app.MapMethods(path, methods, handler);
        if (path != "/" && version.ServesApiPrefix)
        {
            app.MapMethods("/api" + path, methods, handler);
        }
    }
}
