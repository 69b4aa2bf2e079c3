-- Mark candidates as seen and queue the new ones, atomically: a crash cannot leave one without the other.
--
-- Identities live in two hashes: those sighted in the present period, and those last sighted in the one before.
-- When a period ends the older hash is dropped at once. An identity is so remembered for one to two periods
-- after its last sighting, and a repeated sighting within a period writes nothing.
--
-- KEYS  items stream, counters, identities of this period, identities of the one before
-- ARGV  milliseconds of a period; then for each candidate its guid, link and fingerprint (the guid again in
--       place of one that it has not) and its item ("" to mark it as seen without queueing it)
-- Returns for each candidate one string: what became of it and the stream id that this is about.
--       "q" queued, "o" too old; "g", "l", "f": a duplicate by this identity
local call, args = redis.call, ARGV
local stream, counters, present, before = unpack(KEYS)

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local began = tonumber(call('HGET', present, '') or now)
if now - began >= tonumber(args[1]) then
  call('UNLINK', before)
  call('RENAME', present, before)
  began = now
end

local fields = {}
for i = 2, #args, 4 do
  local n = #fields
  fields[n + 1], fields[n + 2], fields[n + 3] = args[i], args[i + 1], args[i + 2]
end
local known = call('HMGET', present, unpack(fields))
local faded = call('EXISTS', before) == 1 and call('HMGET', before, unpack(fields)) or {}
local fresh, sightings, replies = {}, {'', string.format('%.0f', began)}, {}
local queued, old = 0, 0

-- What the identity at this place stands for, and whether that must be written down for this period.
local function look(at)
  local value = known[at] or fresh[fields[at]]
  if value then return value, false end
  return faded[at], true
end

local function note(field, id)
  local n = #sightings
  sightings[n + 1], sightings[n + 2] = field, id
  fresh[field] = id
end

for i = 2, #args, 4 do
  local at = (i - 2) / 4 * 3 + 1
  local g, l, f, item = args[i], args[i + 1], args[i + 2], args[i + 3]
  local guid, note_guid = look(at)
  local link, note_link = look(at + 1)
  local words, note_words = look(at + 2)
  local verdict, id
  if f ~= g then
    if words then verdict, id = 'f', words end
  elseif guid then
    verdict, id = 'g', guid
  elseif link then
    verdict, id = 'l', link
  end
  if not verdict then
    if item == '' then
      verdict, id, old = 'o', '', old + 1
    else
      verdict, id, queued = 'q', call('XADD', stream, '*', 'item', item), queued + 1
    end
  end
  if note_guid then note(g, guid or id) end
  if note_link and l ~= g then note(l, link or id) end
  if note_words and f ~= g then note(f, words or id) end
  replies[#replies + 1] = verdict .. id
end

local function count(name, times)
  if times > 0 then call('HINCRBY', counters, name, times) end
end
if #sightings > 2 then call('HSET', present, unpack(sightings)) end
count('items.in', queued)
count('admitted.announced', queued)
count('admitted.too_old_at_first_contact', old)
count('admitted.duplicate', #replies - queued - old)
return replies
