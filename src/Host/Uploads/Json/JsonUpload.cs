using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Uploads.Json;

/// <summary>Reads a workflow's inputs from a JSON object; base64 is decoded as it streams by.</summary>
internal sealed class JsonUpload(Workflow workflow, Upload upload, UploadTools tools)
{
    public async Task ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var members = new JsonMembers(body);
        await members.OpenAsync(cancellationToken);
        while (await members.NextAsync(cancellationToken) is { } name)
        {
            if (upload.Begin(name, workflow) is not { } input)
            {
                await members.SkipAsync(cancellationToken);
            }
            else if (input.IsImage && await members.KindAsync(cancellationToken) == '"')
            {
                await tools.ReadImageAsync(name, members.Text(), upload, cancellationToken);
            }
            else
            {
                await ReadValueAsync(input, members, cancellationToken);
            }
        }

        await members.EndAsync(cancellationToken);
    }

    private async Task ReadValueAsync(InputSpec input, JsonMembers members, CancellationToken cancellationToken)
    {
        if (await members.ValueAsync(UploadTools.LongestText, cancellationToken) is not { } value)
        {
            upload.Refuse(input.Name, $"'{input.Name}' has more than {UploadTools.LongestText} bytes");
            return;
        }

        var (text, error) = InputJson.Read(input, value);
        if (error is not null)
        {
            upload.Refuse(input.Name, $"'{input.Name}' {error}");
        }
        else if (text is not null)
        {
            tools.Meter.Count(text.Length);
            upload.Fields.Add(input.Name, text);
        }
    }
}
