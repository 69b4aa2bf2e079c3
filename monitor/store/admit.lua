-- Mark candidates as seen and queue the new ones, atomically: a crash cannot leave one without the other.
--
-- Identities live in two hashes: those sighted in the present period, and those last sighted in the one before.
-- When a period ends the older hash is dropped at once. An identity is so remembered for one to two periods
-- after its last sighting, and a repeated sighting within a period writes nothing. It stands for the stream id
-- of the item that had it first; if that was a duplicate, for the letter of what it was known by and the id of
-- what it doubled: so it can be told later why an item was not queued, at no cost beyond that letter.
--
-- An item too old at a feed's first contact is marked by "o" and the tags of the feeds that saw it so. To those
-- it is known; to any other feed it is as unseen, for what one feed was silent about may be another's news.
--
-- KEYS  items stream, counters, identities of this period, identities of the one before
-- ARGV  milliseconds of a period; then for each candidate its identities, 17 bytes each: guid, link and words
--       (the guid again in place of a link that it has not, and of words), with the 4 bytes of its feed's tag
--       behind; and its item ("" to mark it as seen without queueing it)
-- Returns one string: for each candidate what became of it and the stream id that this is about, a space apart.
--       "q" queued, "o" too old; "g", "l", "f", "t": a duplicate by this identity
local call, args, sub, byte, find = redis.call, ARGV, string.sub, string.byte, string.find
local stream, counters, present, before = unpack(KEYS)
local FINGERPRINT, DIGITS, OLD = byte('f'), byte('9'), byte('o')

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local began = tonumber(call('HGET', present, '') or now)
if now - began >= tonumber(args[1]) then
  call('UNLINK', before)
  call('RENAME', present, before)
  began = now
end

local fields, n = {}, 0
for i = 2, #args, 2 do
  local names = args[i]
  fields[n + 1], fields[n + 2], fields[n + 3] = sub(names, 1, 17), sub(names, 18, 34), sub(names, 35, 51)
  n = n + 3
end
local known = call('HMGET', present, unpack(fields))
local faded = call('EXISTS', before) == 1 and call('HMGET', before, unpack(fields)) or {}
local fresh, sightings, noted, replies = {}, {'', string.format('%.0f', began)}, 2, {}
local queued, old = 0, 0

-- What the identity at this place stands for to the feed of this tag, whether that must be written down for
-- this period, and the mark of other feeds that were silent about it.
local function look(at, tag)
  local value, faint = fresh[fields[at]] or known[at], false
  if not value then value, faint = faded[at], true end
  if value and byte(value, 1) == OLD and not find(value, tag, 2, true) then return nil, true, value end
  return value, faint
end

local function note(field, value)
  sightings[noted + 1], sightings[noted + 2] = field, value
  noted = noted + 2
  fresh[field] = value
end

-- The stream id in what an identity stands for; "" for an item that was too old.
local function id_of(value)
  local first = byte(value, 1) or 0
  if first == OLD then return '' end
  if first > DIGITS then return sub(value, 2) end
  return value
end

for i = 3, #args, 2 do
  local at, tag, item = (i - 3) / 2 * 3 + 1, sub(args[i - 1], 52), args[i]
  local g, l, w = fields[at], fields[at + 1], fields[at + 2]
  local guid, note_guid, old_guid = look(at, tag)
  local link, note_link, old_link = look(at + 1, tag)
  local words, note_words, old_words = look(at + 2, tag)
  local verdict, seen
  if w ~= g and words then
    verdict, seen = sub(w, 1, 1), words
  elseif byte(w, 1) ~= FINGERPRINT then
    if guid then
      verdict, seen = 'g', guid
    elseif link then
      verdict, seen = 'l', link
    end
  end
  local id, mark
  if seen then
    id = id_of(seen)
    mark = id ~= '' and verdict .. id or nil
  elseif item == '' then
    verdict, id, old = 'o', '', old + 1
  else
    verdict, id, queued = 'q', call('XADD', stream, '*', 'item', item), queued + 1
    mark = id
  end
  if note_guid then note(g, guid or mark or (old_guid or 'o') .. tag) end
  if note_link and l ~= g then note(l, link or mark or (old_link or 'o') .. tag) end
  if note_words and w ~= g then note(w, words or mark or (old_words or 'o') .. tag) end
  replies[#replies + 1] = verdict .. id
end

local function count(name, times)
  if times > 0 then call('HINCRBY', counters, name, times) end
end
if noted > 2 then call('HSET', present, unpack(sightings)) end
count('items.in', queued)
count('admitted.announced', queued)
count('admitted.too_old_at_first_contact', old)
count('admitted.duplicate', #replies - queued - old)
return table.concat(replies, ' ')
